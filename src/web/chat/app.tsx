import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ChatRequestError } from '../../client/index.js';
import { Gate } from './session/gate.js';
import { TextProvider } from './text/text.js';
import { FaultProvider } from './ui/faults.js';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 3 && error instanceof ChatRequestError && error.code === 'NETWORK',
      refetchOnWindowFocus: false,
      staleTime: 30_000,
    },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <TextProvider>
        <FaultProvider>
          <Gate />
        </FaultProvider>
      </TextProvider>
    </QueryClientProvider>
  );
}
