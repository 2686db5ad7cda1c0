using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CustomerContext.Testing.Groups.Town;

/// <summary>What the model draws from the key: written from docs/groups.md, apart from the product.</summary>
internal sealed class TownSecret(byte[] key)
{
    public long Minute(TownGroup group) => (long)(First(Mac($"minute\n{group}")) % 1440);

    public (ulong High, ulong Low) Pseudonym(string customer, TownGroup group) => Both(Mac($"pseudonym\n{customer}\n{group}"));

    public (ulong High, ulong Low) Seed(TownGroup group, long at) => Both(Mac($"release\n{group.Kind}/{group.Name}\n{at}"));

    /// <summary>Discrete Laplace, in thousandths.</summary>
    public static long Noise((ulong High, ulong Low) seed, string what, double scale)
    {
        if (scale <= 0)
        {
            return 0;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{seed.High}\n{seed.Low}"));
        var draws = new[] { 0, 8 }.Select(at =>
        {
            var uniform = (BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(at)) / 2048 + 1) / 9007199254740992.0;
            return (long)Math.Floor(-Math.Log(uniform) * scale);
        }).ToArray();
        return draws[0] - draws[1];
    }

    private byte[] Mac(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static ulong First(byte[] mac) => BinaryPrimitives.ReadUInt64BigEndian(mac);

    private static (ulong High, ulong Low) Both(byte[] mac) => (First(mac), BinaryPrimitives.ReadUInt64BigEndian(mac.AsSpan(8)));
}
