import { App } from './app';
import { CustomerController, OrderController } from './controllers';

const app = new App([new OrderController(), new CustomerController()]);
app.listen();
