using System.Globalization;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>How often a call was tried before, in its headers as gRPC has it (gRFC A6): whoever sends it knows to try another server.</summary>
internal static class Attempts
{
    private const string Header = "grpc-previous-rpc-attempts";

    /// <summary>Notes in <paramref name="headers"/> that <paramref name="previous"/> tries went before.</summary>
    public static void Note(Metadata headers, int previous)
    {
        if (previous > 0)
        {
            headers.Add(Header, previous.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whether the headers say that a try went before.</summary>
    public static bool IsRepeat(Metadata? headers) => headers?.Get(Header) is not null;
}
