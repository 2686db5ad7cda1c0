// One look at a customer, and then their context live, by gRPC-Web from a script of a web page. The contract comes from the service itself (/api), so nothing has to be generated.
// The page's origin must be among the company's "Origins" in the tenants file. Bundle it for the browser:
//   npm install grpc-web protobufjs esbuild
//   npx esbuild examples/grpc-web.js --bundle --format=iife --global-name=context --outfile=context.js
import { GrpcWebClientBase, MethodDescriptor, MethodType } from 'grpc-web';
import protobuf from 'protobufjs';

// The ContextService of the HTTP door at `http`, called with an access token.
export const connect = async (http, token) => {
  const root = new protobuf.Root();
  root.resolvePath = (_, name) => (name.startsWith('http') ? name : new URL(`/api/${name}`, http).href);
  await root.load('customercontext/v1/context_service.proto');
  const service = root.lookupService('customercontext.v1.ContextService').resolveAll();
  const client = new GrpcWebClientBase({ format: 'text' });
  const headers = { authorization: `Bearer ${token}` };
  const begin = (name, way, call) => (request, ...more) => {
    const { resolvedRequestType: asked, resolvedResponseType: answered } = service.methods[name];
    const path = `/${service.fullName.slice(1)}/${name}`;
    const method = new MethodDescriptor(
      path, way, Object, Object,
      message => asked.encode(asked.fromObject(message)).finish(),
      bytes => answered.toObject(answered.decode(bytes), { enums: String, longs: Number }));
    return client[call](new URL(path, http).href, request, headers, method, ...more);
  };
  return {
    // Resolves to the answer; rejects with the gRPC status.
    getContext: begin('GetContext', MethodType.UNARY, 'unaryCall'),
    // A stream: on('data'), on('error'), cancel().
    watchContext: begin('WatchContext', MethodType.SERVER_STREAMING, 'serverStreaming'),
  };
};
