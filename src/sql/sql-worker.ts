import { parentPort } from 'node:worker_threads';
import { type AnalysisRequest, analyseQuery } from './analysis.ts';

// The thread in which SQL is analysed: a request comes in, its analysis goes out.
parentPort?.on('message', (request: AnalysisRequest) => {
  parentPort?.postMessage(analyseQuery(request));
});
