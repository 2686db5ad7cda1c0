using System.Security.Cryptography;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Errors;

namespace CustomerContext.Silo.Api.Http;

/// <summary>
/// Stands before gRPC-Web: a request that is text (base64) comes to it in binary, and its answer stays text. The library's own reader leaves the connection in disorder over a body that is no base64, which
/// ends it and is an error in the log each time.
/// </summary>
internal sealed class WebText(RequestDelegate next)
{
    private const string Text = "application/grpc-web-text";

    /// <summary>Turns the request, if it is text.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith(Text, StringComparison.OrdinalIgnoreCase) == true)
        {
            http.Request.Headers.Accept = Text;
            http.Request.ContentType = "application/grpc-web";
            http.Request.Body = new Decoded(http.Request.Body);
        }

        return next(http);
    }

    /// <summary>The bytes of a body of base64.</summary>
    private sealed class Decoded(Stream text) : Stream
    {
        private static readonly Refusal _noBase64 = new(RefusalReason.InvalidArgument, "body", "must be base64");

        private readonly CryptoStream _bytes = new(text, new FromBase64Transform(), CryptoStreamMode.Read, leaveOpen: true);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await _bytes.ReadAsync(buffer, cancellationToken);
            }
            catch (FormatException)
            {
                throw RpcErrors.From(_noBase64);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _bytes.Dispose();
            base.Dispose(disposing);
        }
    }
}
