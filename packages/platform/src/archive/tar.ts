/** The parts of a tar archive (POSIX.1-1988 ustar) around content that somebody else has: everything is a multiple of 512 bytes. */
const BLOCK = 512
/** What an octal size holds; above it is written in binary, as GNU tar, bsdtar and Python do. */
const MOST_OCTAL = 8 * 1024 ** 3 - 1

export interface TarEntry {
  /** At most 100 bytes of ASCII. */
  readonly name: string
  /** The folder that it is in: at most 155 bytes of ASCII. */
  readonly folder: string
  readonly sizeBytes: number
  readonly modifiedAt: Date
}

export function tarHeader({ name, folder, sizeBytes, modifiedAt }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 100, 'ascii')
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  writeSize(header, sizeBytes)
  header.write(`${octal(Math.floor(modifiedAt.getTime() / 1_000), 11)}\0`, 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(folder, 345, 155, 'ascii')
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 6)}\0 `, 148)
  return header
}

function writeSize(header: Buffer, sizeBytes: number): void {
  if (sizeBytes <= MOST_OCTAL) return void header.write(`${octal(sizeBytes, 11)}\0`, 124)
  header.writeUInt8(0x80, 124)
  header.writeBigUInt64BE(BigInt(sizeBytes), 128)
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

/** Behind the content of an entry. */
export const tarPadding = (sizeBytes: number): Buffer => Buffer.alloc((BLOCK - (sizeBytes % BLOCK)) % BLOCK)
/** Behind the last entry. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK)
