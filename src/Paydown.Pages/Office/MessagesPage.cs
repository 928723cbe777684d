using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The kinds of messages with their words, and the newest messages.</summary>
public sealed record MessagesModel(IReadOnlyList<NoticeRule> Rules, Page<ListedNotice> Sent);

/// <summary>Words the messages to customers, and shows what was sent.</summary>
internal static class MessagesPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var rules = call.Api.Notices.ListRulesAsync(call.Cancelled);
        var sent = await call.Api.Notices.GetPageAsync(
            call.Position,
            25,
            call.QueryWord<NoticeState>("state"),
            call.Cancelled
        );
        return PageAnswer.Show<MessagesView, MessagesModel>("Messages to customers", new(await rules, sent));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var kind = form.Word<NoticeKind>("kind");
        var change = new NoticeRuleChange
        {
            IsOn = form.IsTicked("isOn"),
            Subject = form.TextOrNull("subject"),
            Text = form.TextOrNull("text"),
            Days = form.TextOrNull("days") is null ? null : DaysOf(form),
        };
        form.ThrowIfWrong();
        var rules = await call.Api.Notices.ListRulesAsync(call.Cancelled);
        if (rules.All(rule => rule.Kind != kind))
            throw new PageMissingException();
        await call.Api.Notices.ChangeRuleAsync(CodeOf(kind), change, form.Key, call.Cancelled);
        return PageAnswer.Go("/office/settings/messages?done=ok");
    }

    private static List<int> DaysOf(PageForm form)
    {
        var days = new List<int>();
        foreach (var word in form.Text("days").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(word, out var day))
                days.Add(day);
            else
                form.Refuse("days", $"“{word}” is not a number of days.");
        }

        return days;
    }

    // DueSoon is DUE_SOON in addresses.
    private static string CodeOf(NoticeKind kind) =>
        string.Concat(
            kind.ToString()
                .Select(
                    (letter, i) => char.IsUpper(letter) && i > 0 ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"
                )
        );
}
