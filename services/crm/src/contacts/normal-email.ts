/** As addresses are compared. */
export const normalEmail = (address: string): string => address.trim().toLowerCase()
