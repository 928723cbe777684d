using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Notices;

/// <summary>E-mails to customers: which ones the organisation sends, in which words, and what became of them.</summary>
public static class NoticeRoutes
{
    internal static readonly PathText Kind = new("kind");

    public static void MapNotices(this ApiRoutes routes)
    {
        var customers = routes.Begin("Notices");
        customers.Get<ListNoticeChoices>("user/notice-choices", Customer, None);
        customers.Put<ChooseNotices>("user/notice-choices", Customer, None);

        var officers = routes.Begin("Back office: notices");
        officers.Get<ListNotices>("admin/notices", Officer, None);
        officers.Get<ListNoticeRules>("admin/notice-rules", Manager, None);
        officers.Put<ChangeNoticeRule>($"admin/notice-rules/{Kind}", Manager, None);
    }
}
