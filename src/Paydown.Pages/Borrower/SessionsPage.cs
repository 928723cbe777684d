using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The user's open sessions.</summary>
public sealed record SessionsModel(IReadOnlyList<ActiveSession> Sessions);

/// <summary>Lists the user's sessions and ends one.</summary>
internal static class SessionsPage
{
    private const int SessionsMax = 50;

    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var sessions = new List<ActiveSession>();
        await foreach (var session in call.Api.Account.ListSessionsAsync(call.Cancelled))
        {
            if (sessions.Count == SessionsMax)
                break;
            sessions.Add(session);
        }

        return PageAnswer.Show<SessionsView, SessionsModel>("Where you are signed in", new(sessions));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var id = call.Form.Chosen("session");
        call.Form.ThrowIfWrong();
        await call.Api.Account.EndSessionAsync(id, call.Form.Key, call.Cancelled);
        return PageAnswer.Go("/me/sessions");
    }
}
