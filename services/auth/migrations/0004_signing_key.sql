-- Keys of the installation that access tokens are signed with. The newest key with signs_from in the past signs; a key is
-- published some time before it signs and some time after its successor took over.
create table auth.signing_key (
  kid                   text        not null primary key,
  -- Ed25519 (RFC 8037), the public part as it is published.
  public_jwk            jsonb       not null,
  -- AES-256-GCM of the private JWK: nonce, tag, ciphertext; the kid is authenticated with it.
  encrypted_private_jwk bytea       not null,
  signs_from            timestamptz not null,
  created_at            timestamptz not null default now()
);
create index signing_key_by_start on auth.signing_key (signs_from desc);

select platform.grant_global_table('auth.signing_key');
comment on column auth.signing_key.public_jwk is 'type: Record<string, unknown>';
