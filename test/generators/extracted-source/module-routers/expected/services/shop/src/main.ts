import cors from 'cors';
import express from 'express';
import './config/environment';
import './admin/admin.routes';
import { bookRoutes } from './books/book.routes';
import { provideApplication } from './banyan/application';

const app = express();

app.use(cors());
// The books.
app.use('/books', bookRoutes);

provideApplication(app);
