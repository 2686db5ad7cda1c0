namespace CustomerContext.Domain;

/// <summary>The bounds of what may come in through the doors before anybody knows what it is.</summary>
public static partial class Limits
{
    /// <summary>Connections and bodies.</summary>
    public static class Doors
    {
        /// <summary>Open connections of the gRPC door.</summary>
        public const int Connections = 10_000;

        /// <summary>Open connections of one address, of each door, if the configuration does not say otherwise.</summary>
        public const int ConnectionsPerAddress = 1_000;

        /// <summary>Open connections of the HTTP door.</summary>
        public const int HttpConnections = 2_000;

        /// <summary>Calls that one connection of HTTP/2 may have at once; one more is refused, and who begins and breaks off far more loses the connection.</summary>
        public const int CallsPerConnection = 100;

        /// <summary>Bytes in the headers of a call; one more ends its connection.</summary>
        public const int HeaderBytes = 32 * 1024;

        /// <summary>Least speed at which answers are taken, in bytes a second.</summary>
        public const int AnswerBytesPerSecond = 240;

        /// <summary>How long answers may be taken more slowly, or not at all, before the connection ends.</summary>
        public static TimeSpan AnswerGrace { get; } = TimeSpan.FromSeconds(5);

        /// <summary>Over how long a connection may take less than <see cref="AnswerBytesPerSecond"/> of what is sent to it, of whatever kind, before it ends.</summary>
        public static TimeSpan OutputStill { get; } = TimeSpan.FromSeconds(15);

        /// <summary>Bytes in a received message that carries no signals.</summary>
        public const int SmallMessageBytes = 64 * 1024;

        /// <summary>How deep the JSON of an HTTP door may nest.</summary>
        public const int JsonDepth = 32;

        /// <summary>Bytes in a request of the Segment specification, as the specification has it.</summary>
        public const int SegmentBytes = 500 * 1024;

        /// <summary>Bytes in one message of the Segment specification, as the specification has it.</summary>
        public const int SegmentMessageBytes = 32 * 1024;

        /// <summary>Least speed of a body that is being read, in bytes a second.</summary>
        public const int BodyBytesPerSecond = 1_024;

        /// <summary>How long a body may be slower than that.</summary>
        public static TimeSpan BodyGrace { get; } = TimeSpan.FromSeconds(5);

        /// <summary>How long the only message of a call may take to arrive, from the call's headers on; in a stream, how long the rest of a message may be waited for.</summary>
        public static TimeSpan SmallBody { get; } = TimeSpan.FromSeconds(10);

        /// <summary>The same where signals are sent.</summary>
        public static TimeSpan SignalsBody { get; } = TimeSpan.FromSeconds(60);

        /// <summary>How long the message of a call that was refused already may take to arrive, to be thrown away.</summary>
        public static TimeSpan RefusedBody { get; } = TimeSpan.FromSeconds(1);

        /// <summary>How long a browser need not ask again whether a page's script may call.</summary>
        public static TimeSpan PreflightKept { get; } = TimeSpan.FromMinutes(10);

        /// <summary>How long the headers of a call, and the handshake of a connection, may take to arrive.</summary>
        public static TimeSpan Headers { get; } = TimeSpan.FromSeconds(10);

        /// <summary>How long a connection without a call stays open.</summary>
        public static TimeSpan KeepAlive { get; } = TimeSpan.FromSeconds(30);

        /// <summary>How long the gRPC door may take to answer the health check.</summary>
        public static TimeSpan HealthAnswer { get; } = TimeSpan.FromSeconds(5);

        /// <summary>An answer of the health check is given again for so long.</summary>
        public static TimeSpan HealthKept { get; } = TimeSpan.FromSeconds(1);
    }
}
