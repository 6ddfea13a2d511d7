import { Router, type Request, type Response } from 'express';
import { orders } from '../../shared/orders';
import type { Controller } from './controller';

export class OrderController implements Controller {
  public path = '/orders';
  public router = Router();

  constructor() {
    this.router.get(this.path, this.list);
  }

  private list = (_request: Request, response: Response) => response.json(orders.all());
}
