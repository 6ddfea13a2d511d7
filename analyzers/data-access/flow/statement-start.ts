const lead = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*/;
const verbs =
  /^(?:(?:begin|commit|rollback)\b|(?:select|insert|update|delete|with|merge|truncate|start|create|alter|drop|copy|replace|lock|explain|refresh|values|table)\s)/i;

/** Whether a text begins as a SQL statement does. */
export const startsStatement = (text: string): boolean => verbs.test(text.replace(lead, ''));

/** Whether what follows decides how a text begins: so far it is space, comments and parentheses. */
export const isBlankStart = (text: string): boolean => text.replace(lead, '') === '';

const unmistakable = /^(?:select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s[\s\S]*\sas\s*\()/i;

/** Whether a text, holes as `…`, can hardly be anything but SQL, whatever it is passed to. */
export const isSurelySql = (text: string): boolean => unmistakable.test(text.replace(lead, ''));
