export interface User {
  name: string;
}

export interface Session {
  user: User;
}
