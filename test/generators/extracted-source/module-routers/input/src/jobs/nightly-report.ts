import cron from 'node-cron';
import { printReport } from '../admin/print-report';

export function startNightlyReport() {
  cron.schedule('0 0 * * *', () => printReport());
}
