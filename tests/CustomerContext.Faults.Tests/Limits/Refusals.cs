using CustomerContext.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>What every refusal must look like, whatever was refused.</summary>
internal static class Refusals
{
    private const string DetailsKey = "grpc-status-details-bin";

    /// <summary>The call is refused for <paramref name="reason"/>; its details, for more.</summary>
    public static async Task<RpcStatus> Refused(StatusCode code, ErrorReason reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAnyAsync<RpcException>(call);
        Assert.Equal(code, error.StatusCode);
        TellsNoInternals(error.Status.Detail);
        var status = RpcStatus.Parser.ParseFrom(error.Trailers.GetValueBytes(DetailsKey));
        Assert.Equal((int)code, status.Code);
        Assert.Equal(error.Status.Detail, status.Message);
        var info = Assert.Single(Of<ErrorInfo>(status));
        Assert.Equal("customercontext", info.Domain);

        // The package still calls the field reason by its old name.
        Assert.Equal(reason.ToString(), info.Reason.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        return status;
    }

    /// <summary>The call is refused because of <paramref name="field"/>, with the rule that it breaks.</summary>
    public static async Task Invalid(string field, Func<Task> call)
    {
        var status = await Refused(StatusCode.InvalidArgument, ErrorReason.InvalidArgument, call);
        var violation = Assert.Single(Assert.Single(Of<BadRequest>(status)).FieldViolations);
        Assert.Equal(field, violation.Field);
        Assert.NotEmpty(violation.Description);
    }

    /// <summary>A text for callers names no code of ours, no file and no machine.</summary>
    public static void TellsNoInternals(string text)
    {
        foreach (var internals in (string[])["Exception:", "   at ", ".cs", "System.", "Microsoft", "Orleans", "CustomerContext.", "SQLite", "Redis", "/tmp"])
        {
            Assert.DoesNotContain(internals, text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<T> Of<T>(RpcStatus status)
        where T : IMessage<T>, new() =>
        status.Details.Where(detail => detail.Is(new T().Descriptor)).Select(detail => detail.Unpack<T>());
}
