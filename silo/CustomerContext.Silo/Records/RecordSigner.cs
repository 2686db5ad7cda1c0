using System.Buffers.Text;
using System.Text;
using CustomerContext.Grains;

namespace CustomerContext.Silo.Records;

/// <inheritdoc cref="IRecordSigner"/>
internal sealed class RecordSigner(SigningKeys keys) : IRecordSigner
{
    public string Sign(string type, ReadOnlySpan<byte> content)
    {
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"ES256","typ":"{{type}}","kid":"{{keys.KeyId}}"}""");
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(content)}";
        return $"{signed}.{Base64Url.EncodeToString(keys.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
