export function sendMail(_to: string) {}
