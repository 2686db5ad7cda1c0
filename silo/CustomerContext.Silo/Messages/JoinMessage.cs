using System.Globalization;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Joins;

namespace CustomerContext.Silo.Messages;

/// <summary>A message on its way. Address and links are secret: neither may reach a log.</summary>
/// <param name="Id">Names the message: the same for a repeat.</param>
/// <param name="Tenant">For whom it is sent.</param>
/// <param name="Kind">What the address is.</param>
/// <param name="To">The address: an e-mail address, or a phone number in E.164.</param>
/// <param name="Language">en, de or fr.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The whole text, with both links.</param>
/// <param name="Link">Where the person says yes or no.</param>
/// <param name="StopLink">Where they say "never again".</param>
/// <param name="Expires">When the link lapses.</param>
internal sealed record JoinMessage(
    string Id, TenantId Tenant, AddressKind Kind, string To, string Language, string Subject, string Text, string Link, string StopLink, DateTimeOffset Expires)
{
    /// <summary>The message for a request. Its words are fixed: nothing of the tenant's or the agent's but the name of the company is in them.</summary>
    public static JoinMessage Of(string id, TenantId tenant, string company, AddressKind kind, string to, Join join, string link)
    {
        var minutes = Math.Max(1, (int)(join.Until - join.CreatedAt).TotalMinutes).ToString(CultureInfo.InvariantCulture);
        var stop = $"{link}/stop";
        var (subject, text) = join.Language switch
        {
            "de" => (
                $"{company} bittet um Ihre Zustimmung",
                $"{company} möchte Ihren Kontext sehen, um Ihnen in diesem Gespräch besser zu helfen. Ja oder nein sagen Sie hier ({minutes} Minuten gültig): {link}\n"
                + $"Gehen Sie nur weiter, wenn Sie gerade mit {company} sprechen. Ohne Ja erhalten Sie dieselbe Hilfe. Nie wieder eine Nachricht: {stop}"),
            "fr" => (
                $"{company} demande votre accord",
                $"{company} souhaite voir votre contexte pour mieux vous aider dans cet entretien. Dites oui ou non ici ({minutes} minutes) : {link}\n"
                + $"Continuez seulement si vous parlez avec {company} en ce moment. Sans oui, vous recevez la même aide. Plus aucun message : {stop}"),
            _ => (
                $"{company} asks for your yes",
                $"{company} would like to see your context, to help you better in this call. Say yes or no here (good for {minutes} minutes): {link}\n"
                + $"Go on only if you are talking with {company} now. You get the same help if you say no. Never again a message: {stop}"),
        };
        return new JoinMessage(id, tenant, kind, to, join.Language, subject, text, link, stop, join.Until);
    }
}

/// <summary>What an address is.</summary>
internal enum AddressKind
{
    /// <summary>An e-mail address.</summary>
    Email = 1,

    /// <summary>A phone number.</summary>
    Phone,
}
