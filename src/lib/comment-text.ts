/** Text for one line of a comment: no line break and no end of comment in it. */
export const commentText = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll('*/', '* /');
