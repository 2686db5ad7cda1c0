using System.Net;
using System.Net.Sockets;

namespace CustomerContext.Silo.Access;

/// <summary>Where connections come from, as far as limits go.</summary>
internal static class Origin
{
    private const int NetworkBytes = 8;

    /// <summary>The IPv4 address, or the network (/64) of an IPv6 address: one subscriber has all addresses of it.</summary>
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}
