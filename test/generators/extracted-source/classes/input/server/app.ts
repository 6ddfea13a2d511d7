import express, { type Application } from 'express';
import path from 'path';
import type { Controller } from './controllers';

export class App {
  public app: Application;
  private readonly port = 3000;

  constructor(controllers: Controller[]) {
    this.app = express();
    this.app.set('views', path.join(__dirname, 'views'));
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
    this.app.listen(this.port, () => console.log(`listening on ${this.port}`));
  }

  stop() {
    process.exit(0);
  }
}
