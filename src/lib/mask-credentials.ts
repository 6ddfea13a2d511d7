/** Takes user and password out of addresses: `postgres://shop:secret@host` becomes `postgres://***@host`. */
export const maskCredentials = (text: string): string => text.replace(/:\/\/[^\s/@'"]*:[^\s/@'"]*@/g, '://***@');
