using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The messages that the lender sends.</summary>
public sealed record NoticesModel(IReadOnlyList<NoticeChoice> Choices, bool IsDone);

/// <summary>Lets a borrower choose the messages.</summary>
internal static class NoticesPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var choices = await call.Api.Notices.ListChoicesAsync(call.Cancelled);
        var model = new NoticesModel(choices, call.Query("done") is not null);
        return PageAnswer.Show<NoticesView, NoticesModel>("Messages that you get", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var choices = await call.Api.Notices.ListChoicesAsync(call.Cancelled);
        List<NoticeKind> declined =
        [
            .. choices.Where(one => one.IsOptional && !call.Form.IsTicked($"{one.Kind}")).Select(one => one.Kind),
        ];
        await call.Api.Notices.ChooseAsync(declined, call.Form.Key, call.Cancelled);
        return PageAnswer.Go("/me/notices?done=1");
    }
}
