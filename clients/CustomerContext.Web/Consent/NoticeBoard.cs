using System.Collections.Concurrent;
using System.Globalization;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using CustomerContext.Web.SignIn;

namespace CustomerContext.Web.Consent;

/// <summary>The notice that stands beside each yes, in the language of the page. The catalogue is asked again after ten minutes.</summary>
internal sealed class NoticeBoard(TimeProvider time, ILogger<NoticeBoard> log)
{
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (Notice? Notice, DateTimeOffset Until)> _known = new();

    /// <summary>The notice. Absent: the silo does not say now, so none is displayed and the yes names none.</summary>
    public async Task<Notice?> Current(Silo silo, CancellationToken stop)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var now = time.GetUtcNow();
        if (_known.TryGetValue(language, out var known) && now < known.Until)
        {
            return known.Notice;
        }

        try
        {
            var notice = (await silo.Anybody.GetCatalogAsync(language, stop)).Notices.FirstOrDefault();
            _known[language] = (notice, now + _fresh);
            return notice;
        }
        catch (CustomerContextException error)
        {
            CallLog.NoNotice(log, error.Reason);
            return null;
        }
    }

    /// <summary>How a form carries which notice stood beside it.</summary>
    public static string ValueOf(Notice notice) => $"{notice.Version}/{notice.Language}";

    /// <summary>What <see cref="ValueOf"/> made; absent if the form had none.</summary>
    public static ShownNotice? Read(string? value) =>
        value?.Split('/') is [{ Length: > 0 } version, { Length: > 0 } language] ? new ShownNotice { Version = version, Language = language } : null;
}
