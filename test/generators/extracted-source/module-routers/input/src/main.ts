import cors from 'cors';
import express from 'express';
import './config/environment';
import { adminRoutes } from './admin/admin.routes';
import { bookRoutes } from './books/book.routes';
import { startNightlyReport } from './jobs/nightly-report';
import { log } from './log';

const app = express();
const port = process.env.PORT || 3000;

app.use(cors());
// The books.
app.use('/books', bookRoutes);

// Back office, for the staff.
app.use('/admin', adminRoutes);

startNightlyReport();

app.listen(port, () => {
  log.info(`listening on ${port}`);
});
