using System.Net.Http.Headers;
using System.Text;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>gRPC-Web at the HTTP door, by requests written by hand: what is no message is refused, and the silo goes on.</summary>
public sealed class GrpcWebTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private const string Binary = "application/grpc-web+proto";
    private const string Text = "application/grpc-web-text";
    private const string Get = "/customercontext.v1.ContextService/GetContext";

    private static readonly int _bodies = Trials.Count("CC_FUZZ", 300);

    private readonly HttpClient _http = new() { BaseAddress = running.Silo.Http };

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(Binary)]
    [InlineData(Text)]
    public async Task Look_InEachForm_Answered(string type)
    {
        var (status, body) = await Send(Get, type, Encoded(Framed(Requests.Lookup(RunningSilo.Email)), type));

        Assert.Equal(StatusCode.OK, status);
        var answer = type == Text ? Decoded(body) : body;
        Assert.NotEmpty(GetContextResponse.Parser.ParseFrom(answer, 5, (answer[3] << 8) | answer[4]).DisclosureId);
    }

    /// <summary>Services that JSON does not have either: a company's page decides no consent.</summary>
    [Theory]
    [InlineData("/customercontext.v1.ConsentService/GetPreferences")]
    [InlineData("/customercontext.v1.AttentionService/ListWork")]
    [InlineData("/customercontext.v1.IdentityService/ResolveCustomer")]
    public async Task Method_OfAnotherService_NotServed(string path)
    {
        using var response = await Post(path, Binary, Framed(new GetPreferencesRequest()), running.Silo.Tokens.Sign(DevTokens.Customer(RunningSilo.Email)));

        Assert.False(response.IsSuccessStatusCode && StatusOf(response, []) == StatusCode.OK);
        Assert.DoesNotContain("grpc-web", $"{response.Content.Headers.ContentType}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutAGoodTokenOrTooLarge_Refused()
    {
        var look = Framed(Requests.Lookup(RunningSilo.Email));
        using var nobody = await Post(Get, Binary, look, null);
        Assert.Equal(StatusCode.Unauthenticated, StatusOf(nobody, []));
        Assert.Equal("application/grpc-web", nobody.Content.Headers.ContentType!.MediaType);

        var large = Framed(new GetContextRequest { Purpose = new string('p', Domain.Limits.Doors.SmallMessageBytes) });
        Assert.Equal(StatusCode.ResourceExhausted, (await Send(Get, Binary, large)).Status);
    }

    /// <summary>A JSON address is not a gRPC one.</summary>
    [Fact]
    public async Task Look_AtTheAddressOfJson_Refused()
    {
        Assert.Equal(StatusCode.Unimplemented, (await Send("/v1/contexts:get", Binary, Framed(Requests.Lookup(RunningSilo.Email)))).Status);
    }

    [Fact]
    public async Task Body_OfRandomBytesOrNoBase64_RefusedAndTheSiloGoesOn()
    {
        // A message that is none is told there, as it is for gRPC.
        running.Silo.ExpectedErrors = ["Grpc.AspNetCore.Server"];
        var random = new Random(17);
        var good = Framed(Requests.Lookup(RunningSilo.Email));
        for (var i = 0; i < _bodies; i++)
        {
            var body = i % 3 == 0 ? new byte[random.Next(200)] : [.. good];
            if (i % 3 == 0)
            {
                random.NextBytes(body);
            }
            else
            {
                body[random.Next(body.Length)] ^= (byte)(1 + random.Next(255));
            }

            var type = i % 2 == 0 ? Binary : Text;
            using var response = await Post(Get, type, type == Text && i % 4 == 1 ? body : Encoded(body, type), i % 5 == 0 ? null : Agent());
            Assert.True((int)response.StatusCode < 500, $"{response.StatusCode} to {Convert.ToHexString(body)}");
        }

        Assert.Equal(StatusCode.OK, (await Send(Get, Binary, good)).Status);
    }

    private string Agent() => running.Silo.Tokens.Sign(DevTokens.Actor("acme"));

    private async Task<(StatusCode Status, byte[] Body)> Send(string path, string type, byte[] body)
    {
        using var response = await Post(path, type, body, Agent());
        var answer = await response.Content.ReadAsByteArrayAsync();
        return (StatusOf(response, answer), answer);
    }

    private async Task<HttpResponseMessage> Post(string path, string type, byte[] body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request);
    }

    /// <summary>Of a refusal in the headers, else of the trailers, which are the last frame of the body.</summary>
    private static StatusCode StatusOf(HttpResponseMessage response, byte[] body)
    {
        var text = response.Headers.TryGetValues("grpc-status", out var header)
            ? header.Single()
            : Encoding.ASCII.GetString(response.Content.Headers.ContentType?.MediaType == Text ? Decoded(body) : body).Split("grpc-status:").Last().Split('\r')[0];
        return int.TryParse(text, out var code) ? (StatusCode)code : StatusCode.Unknown;
    }

    /// <summary>Pieces of base64, each with its own padding.</summary>
    private static byte[] Decoded(byte[] body) =>
        [.. Encoding.ASCII.GetString(body).Chunk(4).SelectMany(four => Convert.FromBase64String(new string(four)))];

    private static byte[] Encoded(byte[] body, string type) => type == Text ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body;

    private static byte[] Framed(IMessage message) =>
        [0, (byte)(message.CalculateSize() >> 24), (byte)(message.CalculateSize() >> 16), (byte)(message.CalculateSize() >> 8), (byte)message.CalculateSize(), .. message.ToByteArray()];
}
