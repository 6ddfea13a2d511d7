import { Router, type Request, type Response } from 'express';
import { orders } from '../../shared/orders';
import type { Controller } from './controller';

export class OrderController implements Controller {
  public path = '/orders';
  public router = Router();

  constructor() {
    this.router.get(this.path, this.list);
    this.router.post(this.path, this.create);
  }

  private list = (_request: Request, response: Response) => response.json(orders.all());

  private create = (request: Request, response: Response) => response.json(orders.add(request.body));
}
