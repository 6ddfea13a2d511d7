import express, { type Application } from 'express';
import path from 'path';
import type { Controller } from './controllers';
import { provideApplication } from '../banyan/application';
import { moduleFolder } from '../banyan/module-place';

export class App {
  public app: Application;

  constructor(controllers: Controller[]) {
    this.app = express();
    this.app.set('views', path.join(moduleFolder('src/server'), 'views'));
    this.mount(controllers);
    this.handleErrors();
  }

  private mount(controllers: Controller[]) {
    controllers.forEach((controller) => this.app.use('/', controller.router));
  }

  private handleErrors() {
    this.app.use((error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
      response.status(500).json({ message: error.message });
    });
  }

  listen() {
    provideApplication(this.app);
  }
}
