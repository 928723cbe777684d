using System.Globalization;
using System.Text.RegularExpressions;
using Paydown.Lending.Amounts;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Notices;

/// <summary>The text of a notice to customers, with placeholders such as <c>{amount}</c>.</summary>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">The text.</param>
public sealed partial record NoticeTemplate(string Subject, string Text)
{
    private static readonly string[] Common = ["firstName", "lender", "contactEmail"];

    private static readonly string[] OfReminders = ["amount", "dueDate", "days", "reference", "account"];

    private const string HowToPay =
        "Please transfer it to {account}, with only the reference {reference}, and report the payment. If you have paid "
        + "in the last days, ignore this message.";

    private static readonly Dictionary<NoticeKind, (EventType? Event, string[] Own, NoticeTemplate Default)> ByKind =
        new()
        {
            [NoticeKind.Registered] = (
                EventType.CustomerRegistered,
                [],
                Of("Welcome to {lender}", "you are registered. Sign in with this e-mail address and your password.")
            ),
            [NoticeKind.OfferSent] = (
                EventType.OfferSent,
                [],
                Of("Your loan offer", "your loan offer is ready. Please sign in to read it and to accept or reject it.")
            ),
            [NoticeKind.LoanDisbursed] = (
                EventType.LoanDisbursed,
                ["amount", "date"],
                Of("Your loan is paid out", "{amount} of your loan was paid out on {date}.")
            ),
            [NoticeKind.RepaymentRecorded] = (
                EventType.RepaymentRecorded,
                ["amount", "date"],
                Of(
                    "We have your repayment report",
                    "your repayment of {amount} of {date} is recorded. We will write again once the money is confirmed."
                )
            ),
            [NoticeKind.RepaymentVerified] = (
                EventType.RepaymentVerified,
                ["amount", "date", "balance"],
                Of(
                    "Your repayment is confirmed",
                    "your repayment of {amount} of {date} is confirmed. Outstanding on this loan: {balance}."
                )
            ),
            [NoticeKind.RepaymentRejected] = (
                EventType.RepaymentRejected,
                ["amount", "date", "reason"],
                Of(
                    "Your repayment was not accepted",
                    "your repayment of {amount} of {date} was not accepted, for this reason: {reason}"
                )
            ),
            [NoticeKind.LoanPaidOff] = (
                EventType.LoanPaidOff,
                [],
                Of("Your loan is paid off", "your loan is paid off. Thank you.")
            ),
            [NoticeKind.DueSoon] = (
                null,
                OfReminders,
                Of("A payment is due soon", $"{{amount}} of your loan is due on {{dueDate}}.\n\n{HowToPay}")
            ),
            [NoticeKind.DueToday] = (
                null,
                OfReminders,
                Of("A payment is due today", $"{{amount}} of your loan is due today, {{dueDate}}.\n\n{HowToPay}")
            ),
            [NoticeKind.Overdue] = (
                null,
                OfReminders,
                Of(
                    "A payment is overdue",
                    $"{{amount}} of your loan was due on {{dueDate}} and has not arrived.\n\n{HowToPay}"
                )
            ),
        };

    /// <summary>The kinds that a manager can switch on and word.</summary>
    public static IReadOnlyList<NoticeKind> Kinds { get; } = [.. ByKind.Keys];

    /// <summary>The event that a kind reports; null for a reminder, which is sent because a day has come.</summary>
    public static EventType? EventOf(NoticeKind kind) => ByKind[kind].Event;

    /// <summary>The placeholders of a kind.</summary>
    public static IReadOnlyList<string> PlaceholdersOf(NoticeKind kind) => [.. Common, .. ByKind[kind].Own];

    /// <summary>The template of a kind that nobody has worded.</summary>
    public static NoticeTemplate DefaultOf(NoticeKind kind) => ByKind[kind].Default;

    /// <summary>An amount for people: "NGN 50,000.00".</summary>
    public static string InWords(Money amount) =>
        $"{amount.Currency.Code} "
        + amount.Major.ToString("N" + amount.Currency.FractionDigits, CultureInfo.InvariantCulture);

    /// <summary>Returns the placeholders in a text that the kind does not have.</summary>
    public static IReadOnlyList<string> UnknownIn(string text, NoticeKind kind) =>
        [.. PlaceholdersIn(text).Except(PlaceholdersOf(kind), StringComparer.Ordinal)];

    /// <summary>Puts values in the place of the placeholders.</summary>
    public NoticeTemplate Fill(IReadOnlyDictionary<string, string> values) =>
        new(Fill(Subject, values), Fill(Text, values));

    private static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value, ""));

    private static IEnumerable<string> PlaceholdersIn(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups["name"].Value);

    private static NoticeTemplate Of(string subject, string sentence) =>
        new(subject, $"Hello {{firstName}},\n\n{sentence}\n\nQuestions? Write to {{contactEmail}}.\n\n{{lender}}\n");

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
