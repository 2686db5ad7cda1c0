using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// What a reader of a watch has been shown: for each facet four bytes of the hash of its message, without the time as of which it was computed. As text it is the resume
/// token; a token that is not one just means that nothing has been shown.
/// </summary>
internal sealed class ShownFacets
{
    private const int HashSize = 4;

    private static readonly IList<FieldDescriptor> _fields = Context.Descriptor.Fields.InFieldNumberOrder();

    private readonly byte[] _hashes = new byte[HashSize * _fields.Count];

    /// <summary>What the reader of <paramref name="resumeToken"/> has been shown.</summary>
    public static ShownFacets Read(string resumeToken)
    {
        var shown = new ShownFacets();
        if (Base64Url.IsValid(resumeToken, out var length) && length == shown._hashes.Length)
        {
            Base64Url.DecodeFromChars(resumeToken, shown._hashes);
        }

        return shown;
    }

    /// <summary>Takes over <paramref name="now"/> as shown, and gives the facets of it that were not; absent if there is no difference at all.</summary>
    public Context? Show(Context now)
    {
        var changed = new Context();
        var differs = false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < _fields.Count; i++)
        {
            var message = (IMessage?)_fields[i].Accessor.GetValue(now);
            hash.Clear();
            if (message is not null)
            {
                SHA256.HashData(WithoutTime(message), hash);
            }

            var known = _hashes.AsSpan(i * HashSize, HashSize);
            if (hash[..HashSize].SequenceEqual(known))
            {
                continue;
            }

            differs = true;
            hash[..HashSize].CopyTo(known);
            if (message is not null)
            {
                _fields[i].Accessor.SetValue(changed, message);
            }
        }

        return differs ? changed : null;
    }

    /// <summary>The resume token.</summary>
    public override string ToString() => Base64Url.EncodeToString(_hashes);

    private static byte[] WithoutTime(IMessage message)
    {
        var copy = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        copy.Descriptor.FindFieldByName("as_of_time").Accessor.Clear(copy);
        return copy.ToByteArray();
    }
}
