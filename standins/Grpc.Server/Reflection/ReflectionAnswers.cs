using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Asked = Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase;

namespace Grpc.Reflection;

internal sealed class ReflectionAnswers(DescriptorIndex index)
{
    public async Task RunAsync(IAsyncStreamReader<ServerReflectionRequest> requests, IServerStreamWriter<ServerReflectionResponse> responses)
    {
        await foreach (var request in requests.ReadAllAsync())
        {
            var response = Answer(request);
            response.ValidHost = request.Host;
            response.OriginalRequest = request;
            await responses.WriteAsync(response);
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request) => request.MessageRequestCase switch
    {
        Asked.ListServices => new() { ListServicesResponse = new() { Service = { index.Services.Select(name => new ServiceResponse { Name = name }) } } },
        Asked.FileByFilename => File(index.ByName(request.FileByFilename), "File not found."),
        Asked.FileContainingSymbol => File(index.BySymbol(request.FileContainingSymbol), "Symbol not found."),
        _ => Error(StatusCode.Unimplemented, "Request type not supported by C# reflection service."),
    };

    private static ServerReflectionResponse File(FileDescriptor? file, string otherwise) => file is null
        ? Error(StatusCode.NotFound, otherwise)
        : new() { FileDescriptorResponse = new() { FileDescriptorProto = { WithDependencies(file).Distinct().Select(each => each.SerializedData) } } };

    private static IEnumerable<FileDescriptor> WithDependencies(FileDescriptor file) =>
        file.Dependencies.SelectMany(WithDependencies).Prepend(file);

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new() { ErrorCode = (int)code, ErrorMessage = message } };
}

internal sealed class ReflectionService(ReflectionAnswers answers) : V1.ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context) => answers.RunAsync(requestStream, responseStream);
}

internal sealed class ReflectionServiceV1Alpha(ReflectionAnswers answers) : V1Alpha.ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context) => answers.RunAsync(requestStream, responseStream);
}
