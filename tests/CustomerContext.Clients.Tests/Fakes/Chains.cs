using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Clients.Tests.Fakes;

/// <summary>Chains of records and their ends, made as the contract's comments say.</summary>
internal static class Chains
{
    /// <summary>So many records, newest first.</summary>
    public static Disclosure[] Of(int count)
    {
        var previous = new byte[32];
        var chain = new List<Disclosure>();
        for (var sequence = 1; sequence <= count; sequence++)
        {
            byte[] salt = [.. Enumerable.Repeat((byte)sequence, 16)];
            byte[] record = [.. "{}"u8, (byte)sequence];
            var commitment = SHA256.HashData([.. salt, .. record]);
            var numbers = new byte[16];
            BinaryPrimitives.WriteInt64BigEndian(numbers, sequence);
            BinaryPrimitives.WriteInt64BigEndian(numbers.AsSpan(8), sequence / 2);
            var hash = SHA256.HashData([.. previous, .. numbers, .. commitment]);
            chain.Insert(0, new Disclosure
            {
                Sequence = sequence,
                ConsentEpoch = sequence / 2,
                Salt = ByteString.CopyFrom(salt),
                Record = ByteString.CopyFrom(record),
                Commitment = ByteString.CopyFrom(commitment),
                PreviousHash = ByteString.CopyFrom(previous),
                Hash = ByteString.CopyFrom(hash),
            });
            previous = hash;
        }

        return [.. chain];
    }

    public static ChainHead HeadOf(Disclosure[] newestFirst) => new() { Sequence = newestFirst[0].Sequence, Hash = newestFirst[0].Hash };

    /// <summary>A cut after <paramref name="head"/>, signed with <paramref name="key"/> as <paramref name="type"/>.</summary>
    public static ChainCheckpoint Cut(ChainHead head, ECDsa key, string type = "chain-checkpoint") => new()
    {
        Head = head,
        CreateTime = Answers.Now.ToTimestamp(),
        Signature = Sign($$"""{"alg":"ES256","typ":"{{type}}","kid":"k"}""", $$"""{"sequence":{{head.Sequence}},"hash":"{{Convert.ToHexStringLower(head.Hash.Span)}}","create_time":"{{Answers.Now:O}}"}""", key),
    };

    /// <summary>The published key set with <paramref name="key"/>.</summary>
    public static string KeySet(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"k","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}]}""";
    }

    private static string Sign(string header, string content, ECDsa key)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content))}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }
}
