import { Router, type Request, type Response } from 'express';
import { sendMail } from '../../shared/mail';
import type { Controller } from './controller';

export class CustomerController implements Controller {
  public path = '/customers';
  public router = Router();

  constructor() {
    this.router.post(this.path, this.create);
  }

  private create = (request: Request, response: Response) => {
    sendMail(request.body.email);
    response.json({});
  };
}
