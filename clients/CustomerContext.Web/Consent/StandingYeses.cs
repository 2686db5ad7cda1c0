using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.SignIn;
using Google.Protobuf.Collections;

namespace CustomerContext.Web.Consent;

/// <summary>
/// The yeses that stand until the customer takes them back: all but grants. A form names each as the contract does: "publish", "contribute:service.support", "collect:acme". One press gives
/// it, one press takes it back.
/// </summary>
internal sealed class StandingYeses(Silo silo)
{
    /// <summary>That what the customer says on these pages is kept.</summary>
    public const string OwnWords = "collect:customer";

    /// <summary>Whether it is given.</summary>
    public static bool Holds(Preferences preferences, string name) => name.Split(':', 2) switch
    {
        ["collect", var source] => preferences.Collect.Contains(source),
        ["contribute", var purpose] => preferences.Contribute.Contains(purpose),
        ["publish"] => preferences.Publish,
        ["ask"] => preferences.Ask,
        ["of_age"] => preferences.OfAge,
        ["leave_me_alone"] => preferences.LeaveMeAlone,
        ["contribute_reading"] => preferences.ContributeReading,
        ["may_be_contacted"] => preferences.MayBeContacted,
        _ => false,
    };

    /// <summary>Says yes to it.</summary>
    /// <param name="name">Which.</param>
    /// <param name="seen">The consent version that was displayed: if anything has changed since, the customer looks again before they say yes.</param>
    /// <param name="notice">The notice that was displayed.</param>
    /// <param name="stop">The reader has gone.</param>
    /// <returns>True if it was given; false if there is no such yes, or nothing was displayed.</returns>
    /// <exception cref="CustomerContextException">As <see cref="MeHandle.ChangePreferencesAsync"/>.</exception>
    public async Task<bool> Give(string name, string seen, ShownNotice? notice, CancellationToken stop)
    {
        var preferences = (await silo.Client.Me.GetPreferencesAsync(stop)).Preferences;
        if (seen.Length == 0 || Change(preferences, name, isYes: true) is not { } field)
        {
            return false;
        }

        await silo.Client.Me.Showing(notice).ChangePreferencesAsync(preferences, [field], seen, stop);
        return true;
    }

    /// <summary>Takes it back, whatever was displayed.</summary>
    /// <remarks>
    /// A list goes to the silo as a whole. If another entry is withdrawn between reading and writing, the write would give that one back, so it names the version that was read a moment ago and is
    /// tried anew. The silo does not look at the version of a change that takes back only, so each failure means that one entry less is left: the tries come to an end.
    /// </remarks>
    /// <returns>True if it is not given now; false if there is no such yes.</returns>
    /// <exception cref="CustomerContextException">As <see cref="MeHandle.ChangePreferencesAsync"/>.</exception>
    public async Task<bool> Withdraw(string name, CancellationToken stop)
    {
        while (true)
        {
            var read = await silo.Client.Me.GetPreferencesAsync(stop);
            var holds = Holds(read.Preferences, name);
            if (Change(read.Preferences, name, isYes: false) is not { } field)
            {
                return false;
            }

            try
            {
                if (holds)
                {
                    await silo.Client.Me.ChangePreferencesAsync(read.Preferences, [field], field is "collect" or "contribute" ? read.ConsentVersion : "", stop);
                }

                return true;
            }
            catch (ConflictException)
            {
                // Another entry was withdrawn meanwhile: read anew.
            }
        }
    }

    /// <summary>Changes <paramref name="preferences"/>, and names the field. Absent: there is no such yes.</summary>
    private static string? Change(Preferences preferences, string name, bool isYes)
    {
        var parts = name.Split(':', 2);
        switch (parts)
        {
            case ["collect", { Length: > 0 } source]:
                Put(preferences.Collect, source, isYes);
                break;
            case ["contribute", { Length: > 0 } purpose]:
                Put(preferences.Contribute, purpose, isYes);
                break;
            case ["publish"]:
                preferences.Publish = isYes;
                break;
            case ["ask"]:
                preferences.Ask = isYes;
                break;
            case ["of_age"]:
                preferences.OfAge = isYes;
                break;
            case ["leave_me_alone"]:
                preferences.LeaveMeAlone = isYes;
                break;
            case ["contribute_reading"]:
                preferences.ContributeReading = isYes;
                break;
            case ["may_be_contacted"]:
                preferences.MayBeContacted = isYes;
                break;
            default:
                return null;
        }

        return parts[0];
    }

    private static void Put(RepeatedField<string> list, string entry, bool isYes)
    {
        list.Remove(entry);
        if (isYes)
        {
            list.Add(entry);
        }
    }
}

/// <summary>A standing yes as a page shows it.</summary>
/// <param name="Name">As <see cref="StandingYeses"/> names it.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Hint">What it means. Empty: the title says it.</param>
/// <param name="IsGiven">How it stands now.</param>
internal sealed record StandingYes(string Name, string Title, string Hint, bool IsGiven)
{
    /// <summary>Its name in ids: "contribute-service-support".</summary>
    public string Id => Name.Replace(':', '-').Replace('.', '-').Replace('_', '-').Replace('/', '-');
}
