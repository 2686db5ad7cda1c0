using CustomerContext.Client;
using CustomerContext.Client.Internal;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Sdk;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(StatusCode.PermissionDenied, "CONSENT_REQUIRED", ErrorReason.ConsentRequired, typeof(ConsentRequiredException))]
    [InlineData(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED", ErrorReason.CallerNotAllowed, typeof(CallerNotAllowedException))]
    [InlineData(StatusCode.PermissionDenied, "CODE_NOT_ACCEPTED", ErrorReason.CodeNotAccepted, typeof(CodeNotAcceptedException))]
    [InlineData(StatusCode.PermissionDenied, "SOMETHING_NEW", ErrorReason.Unspecified, typeof(CallerNotAllowedException))]
    [InlineData(StatusCode.Unauthenticated, "TOKEN_EXPIRED", ErrorReason.TokenExpired, typeof(NotAuthenticatedException))]
    [InlineData(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ErrorReason.InvalidArgument, typeof(InvalidRequestException))]
    [InlineData(StatusCode.FailedPrecondition, "NOT_OF_AGE", ErrorReason.NotOfAge, typeof(PreconditionFailedException))]
    [InlineData(StatusCode.Aborted, "REQUEST_ID_REUSED", ErrorReason.RequestIdReused, typeof(ConflictException))]
    [InlineData(StatusCode.NotFound, "NOT_FOUND", ErrorReason.NotFound, typeof(NotFoundException))]
    [InlineData(StatusCode.ResourceExhausted, "RATE_LIMITED", ErrorReason.RateLimited, typeof(RateLimitedException))]
    [InlineData(StatusCode.ResourceExhausted, "OVERLOADED", ErrorReason.Overloaded, typeof(RateLimitedException))]
    [InlineData(StatusCode.Unavailable, "SERVER_UNAVAILABLE", ErrorReason.ServerUnavailable, typeof(ServerUnavailableException))]
    [InlineData(StatusCode.DeadlineExceeded, "", ErrorReason.Unspecified, typeof(ServerUnavailableException))]
    [InlineData(StatusCode.Unimplemented, "NOT_IMPLEMENTED", ErrorReason.NotImplemented, typeof(CustomerContextException))]
    [InlineData(StatusCode.Internal, "INTERNAL", ErrorReason.Internal, typeof(CustomerContextException))]
    public void Decode_EachReason_IsOfItsTypeWithTheCause(StatusCode code, string reason, ErrorReason expected, Type type)
    {
        var failure = Answers.Refusal(code, reason);

        var error = ErrorDecoder.Decode(failure);

        Assert.IsType(type, error);
        Assert.Equal((code, expected), (error.Code, error.Reason));
        Assert.Same(failure, error.InnerException);
    }

    [Fact]
    public void Decode_TheConnectionBroke_IsUnavailableWhateverTheLibraryCallsIt()
    {
        var failure = new RpcException(new Status(StatusCode.Internal, "Error starting gRPC call.", new HttpRequestException("The HTTP/2 server didn't respond to a ping request.")));

        var error = Assert.IsType<ServerUnavailableException>(ErrorDecoder.Decode(failure));

        Assert.Equal((StatusCode.Unavailable, ErrorReason.Unspecified), (error.Code, error.Reason));
        Assert.Equal(StatusCode.Internal, ErrorDecoder.Decode(Answers.Refusal(StatusCode.Internal)).Code);
        var refused = new HttpRequestException(HttpRequestError.SecureConnectionError, "The certificate is not believed.");
        Assert.Equal(StatusCode.Internal, ErrorDecoder.Decode(new RpcException(new Status(StatusCode.Internal, "Error starting gRPC call.", refused))).Code);
    }

    [Fact]
    public void Decode_BadRequest_TellsFieldAndRule()
    {
        var failure = Answers.Refusal(StatusCode.InvalidArgument, "INVALID_ARGUMENT", field: "signals[3].link", rule: "at most 256 bytes");

        var error = Assert.IsType<InvalidRequestException>(ErrorDecoder.Decode(failure));

        Assert.Equal(("signals[3].link", "at most 256 bytes"), (error.Field, error.Rule));
    }

    [Fact]
    public void Decode_VersionMismatch_TellsBothVersions()
    {
        var metadata = new Dictionary<string, string> { ["expected_version"] = "3", ["version"] = "4" };

        var error = Assert.IsType<ConflictException>(ErrorDecoder.Decode(Answers.Refusal(StatusCode.Aborted, "VERSION_MISMATCH", metadata: metadata)));

        Assert.Equal(("3", "4"), (error.ExpectedVersion, error.Version));
    }

    [Fact]
    public void Decode_GarbledDetails_GoesByTheCode()
    {
        var trailers = new Metadata { { "grpc-status-details-bin", [0xFF, 0xFF, 0xFF] } };

        var error = ErrorDecoder.Decode(new RpcException(new Status(StatusCode.NotFound, "gone"), trailers));

        Assert.IsType<NotFoundException>(error);
        Assert.Equal(ErrorReason.Unspecified, error.Reason);
    }

    [Fact]
    public void Decode_ReasonOfAnotherDomain_Ignored()
    {
        var status = new Google.Rpc.Status
        {
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.ErrorInfo { Reason = "CONSENT_REQUIRED", Domain = "elsewhere" }) },
        };
        var trailers = new Metadata { { "grpc-status-details-bin", Google.Protobuf.MessageExtensions.ToByteArray(status) } };

        var error = ErrorDecoder.Decode(new RpcException(new Status(StatusCode.PermissionDenied, ""), trailers));

        Assert.IsType<CallerNotAllowedException>(error);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void ExportedTypes_OfTheSdk_HideWhatIsInternalAndCarryCauses()
    {
        var assembly = typeof(CustomerContextClient).Assembly;

        Assert.All(assembly.GetTypes().Where(type => type.Namespace == "CustomerContext.Client.Internal" && !type.IsNested),
            type => Assert.True(!type.IsPublic && type.IsSealed, type.Name));
        Assert.All(assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Exception))),
            type => Assert.NotNull(type.GetConstructor([typeof(string), typeof(ErrorDetail), typeof(Exception)])));
    }
}
