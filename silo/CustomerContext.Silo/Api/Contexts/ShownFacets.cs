using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// What a reader of a watch has been shown: for each facet four bytes of the hash of its message, without the time as of which it was computed, and four of the hash of
/// the brief. As text it is the resume token; a token that is not one just means that nothing has been shown.
/// </summary>
internal sealed class ShownFacets
{
    private const int HashSize = 4;

    private static readonly IList<FieldDescriptor> _fields = Context.Descriptor.Fields.InFieldNumberOrder();

    private readonly byte[] _hashes = new byte[HashSize * (_fields.Count + 1)];

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

    /// <summary>
    /// Takes over <paramref name="now"/> as shown, and gives the facets of it that were not; absent if there is no difference at all. It is empty where only the
    /// <paramref name="brief"/> says something else, or the same of another age.
    /// </summary>
    public Context? Show(Context now, Brief brief)
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

            if (!Take(i, hash))
            {
                continue;
            }

            differs = true;
            if (message is not null)
            {
                _fields[i].Accessor.SetValue(changed, message);
            }
        }

        SHA256.HashData(brief.ToByteArray(), hash);
        return Take(_fields.Count, hash) || differs ? changed : null;
    }

    /// <summary>Takes over a hash; true if it was another.</summary>
    private bool Take(int slot, ReadOnlySpan<byte> hash)
    {
        var known = _hashes.AsSpan(slot * HashSize, HashSize);
        if (hash[..HashSize].SequenceEqual(known))
        {
            return false;
        }

        hash[..HashSize].CopyTo(known);
        return true;
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
