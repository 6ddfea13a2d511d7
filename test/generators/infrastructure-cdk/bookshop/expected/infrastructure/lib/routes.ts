import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';

export interface Route {
  readonly method: HttpMethod;
  readonly path: string;
  /** Name of the function that answers; absent for a path that stays at the monolith although a moved route would match it. */
  readonly target?: string;
}

/** Every path the gateway knows; whatever none of them matches goes to the monolith. */
export const routes: readonly Route[] = [
  { method: HttpMethod.GET, path: '/books', target: 'catalogue-api' },
  { method: HttpMethod.GET, path: '/books/export' },
  { method: HttpMethod.GET, path: '/books/{id}', target: 'catalogue-api' },
  { method: HttpMethod.POST, path: '/orders', target: '1st-orders-api' },
];
