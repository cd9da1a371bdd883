import { connectionOf } from '../graphql/connection.js';
import { Report } from './report.model.js';

export const ReportConnection = connectionOf('Report', Report);
