import { Router } from 'express';
import type { Controller } from './controller';

export class CustomerController implements Controller {
  public path = '/customers';
  public router = Router();

  constructor() {
  }
}
