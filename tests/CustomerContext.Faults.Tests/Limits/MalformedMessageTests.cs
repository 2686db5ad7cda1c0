using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>Messages that are too large, cut off or no messages at all: the framework's own statuses, nothing of ours in the text, and the silo goes on.</summary>
public sealed class MalformedMessageTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private const int Limit = 4 * 1024 * 1024;
    private const string Path = "/customercontext.v1.SignalService/PublishSignals";

    private readonly HttpClient _http = new() { BaseAddress = running.Silo.Grpc };

    [Fact]
    public async Task Message_OfFourMebibytes_IsTaken() =>
        Assert.Equal(SignalOutcome.Accepted, Assert.Single((await Publish(Limit)).Results).Outcome);

    [Fact]
    public async Task Message_OneByteLarger_ResourceExhausted()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => Publish(Limit + 1));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Refusals.TellsNoInternals(error.Status.Detail);
        await GoesOn();
    }

    public static TheoryData<string, byte[]> Bodies => new()
    {
        { "nothing", [] },
        { "half a prefix", [0, 0, 0] },
        { "fewer bytes than said", [0, 0, 0, 0, 100, 1, 2, 3] },
        { "more than four gibibytes said", [0, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "no such compression", [1, 0, 0, 0, 1, 0] },
        { "a flag that is none", [7, 0, 0, 0, 0] },
        { "bytes that are no message", Framed([0xFF, 0xFF, 0xFF, 0xFF]) },
        { "a field longer than the message", Framed([0x0A, 0x7F, 0x00]) },
        { "text that is not UTF-8", Framed([0x0A, 0x03, 0x0A, 0x01, 0xFF]) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_Malformed_RefusedWithoutInternals(string what, byte[] body)
    {
        running.Silo.ExpectedErrors = ["Grpc"];
        var (status, text) = await Send(body);

        // Text that is not UTF-8 may also be read as U+FFFD, and then an item is refused.
        Assert.True(status is not 0 || what == "text that is not UTF-8", $"{what}: {status}");
        Assert.True(status is not (int)StatusCode.PermissionDenied and not (int)StatusCode.Unauthenticated, $"{what}: {status}");
        Refusals.TellsNoInternals(text);
        await GoesOn();
    }

    [Fact]
    public async Task Message_NestedTooDeep_RefusedWithoutInternals()
    {
        // Aliases within aliases, by hand: no serialiser here would write it.
        running.Silo.ExpectedErrors = ["Grpc"];
        byte[] nested = [];
        for (var depth = 0; depth < 1_000; depth++)
        {
            nested = Field(5, Field(1, nested));
        }

        var (status, text) = await Send(Framed(Field(1, Field(3, nested))));

        Assert.NotEqual(0, status);
        Refusals.TellsNoInternals(text);
        await GoesOn();
    }

    public void Dispose() => _http.Dispose();

    private async Task GoesOn() =>
        Assert.NotEmpty((await running.Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), running.Client.AsAgent())).DisclosureId);

    /// <summary>One good signal in a request of exactly <paramref name="bytes"/>, padded by a field that the contract does not know.</summary>
    private async Task<PublishSignalsResponse> Publish(int bytes)
    {
        var signal = Requests.Turn(RunningSilo.Email, "large", 1);
        signal.Id = $"large {bytes}";
        var good = Requests.Publish(signal).ToByteArray();
        const int unknown = 1_000;
        var overhead = Field(unknown, new byte[bytes - good.Length]).Length - (bytes - good.Length);
        var padded = PublishSignalsRequest.Parser.ParseFrom([.. good, .. Field(unknown, new byte[bytes - good.Length - overhead])]);
        Assert.Equal(bytes, padded.CalculateSize());
        return await running.Client.Signals.PublishSignalsAsync(padded, running.Client.AsAgent());
    }

    private async Task<(int Status, string Text)> Send(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", running.Silo.Tokens.Sign(DevTokens.Actor("acme")));
        using var response = await _http.SendAsync(request);
        return (int.Parse(Value(response, "grpc-status")), Uri.UnescapeDataString(Value(response, "grpc-message")));
    }

    private static string Value(HttpResponseMessage response, string key) =>
        response.TrailingHeaders.TryGetValues(key, out var values) || response.Headers.TryGetValues(key, out values) ? values.Single() : "";

    private static byte[] Framed(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }
}
