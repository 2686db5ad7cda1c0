namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>What programs that reason by themselves read. How often they may is the customer's to say: <see cref="Consents.MostAiReads"/>.</summary>
    public static class AiReaders
    {
        /// <summary>Fewest tokens for which a reader can ask.</summary>
        public const int FewestTokens = 100;

        /// <summary>Most tokens for which a reader can ask; also what one gets that names none.</summary>
        public const int MostTokens = 8_000;

        /// <summary>Bytes of JSON that count as one token.</summary>
        public const int BytesPerToken = 4;

        /// <summary>Bytes in one message at /mcp.</summary>
        public const int MessageBytes = 64 * 1024;

        /// <summary>Characters in the name of a client.</summary>
        public const int ClientLength = 128;
    }
}
