using System.Buffers;
using CustomerContext.Domain;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Cuts a document into pieces for the stream while it is being written, so that none of it is held as a whole.</summary>
internal sealed class ExportPieces(IServerStreamWriter<ExportCustomerResponse> responses, CancellationToken left)
{
    private readonly ArrayBufferWriter<byte> _written = new(Limits.Records.ExportPieceBytes);

    /// <summary>Where to write.</summary>
    public IBufferWriter<byte> Writer => _written;

    /// <summary>Sends what has been written.</summary>
    public async Task Send()
    {
        for (var from = 0; from < _written.WrittenCount; from += Limits.Records.ExportPieceBytes)
        {
            var piece = _written.WrittenMemory[from..Math.Min(from + Limits.Records.ExportPieceBytes, _written.WrittenCount)];
            await responses.WriteAsync(new ExportCustomerResponse { Piece = ByteString.CopyFrom(piece.Span) }, left);
        }

        _written.ResetWrittenCount();
    }
}
