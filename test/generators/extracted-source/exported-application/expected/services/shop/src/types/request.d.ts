import type { Session, User } from '../user';

declare global {
  namespace Express {
    interface Request {
      user?: User;
    }
  }
  namespace Cypress {
    interface Chainable {
      login(session: Session): void;
    }
  }
}
