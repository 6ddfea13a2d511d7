/** Whether a variable's name says that its value must not be shown. */
export const isSecretName = (name: string): boolean => /SECRET|PASSWORD|PASSWD|TOKEN|KEY|DATABASE_URL|DSN/i.test(name);
