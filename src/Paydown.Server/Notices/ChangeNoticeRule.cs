using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Notices;

/// <summary>
/// A manager switches a kind of notice on or off, words it, or chooses the days of a reminder. A wrong placeholder is
/// refused. Every open loan follows the days from the next end of day.
/// </summary>
public sealed class ChangeNoticeRule(SingleWrites writes, Ids ids) : IUseCase
{
    private const int RemindersMax = 10;

    // A year, with its leap day.
    private const int DaysMax = 366;

    private static readonly Field<bool> IsOn = Field
        .Boolean("isOn", "Whether customers get this notice.")
        .WithExample(true);
    private static readonly Field<string?> Subject = Field
        .Text(
            "subject",
            "The subject line, with placeholders. Absent, together with the text: Paydown's words.",
            1,
            200
        )
        .Optional()
        .WithExample("Your repayment is confirmed");
    private static readonly Field<string?> Text = Field
        .Text("text", "The text, with placeholders such as {firstName}.", 1, 10_000)
        .WithLines()
        .Optional()
        .WithExample("Hello {firstName}, thank you. {lender}");

    private static readonly Field<IReadOnlyList<int>?> Days = Field
        .Values(
            "days",
            "Of DUE_SOON: days before the due date; of OVERDUE: days after it. Ascending. Absent: Paydown's days.",
            RemindersMax,
            Field.Integer("day", "", 1, DaysMax)
        )
        .Optional();

    public static Contract Contract { get; } =
        new Contract("Switch a kind of notice on or off, or word it")
            .Reads(IsOn, Subject, Text, Days)
            .Returns<NoticeRuleView>()
            .Refuses(Refusals.NotFound("kind of notice"), Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var kinds = NoticeTemplate.Kinds.Where(kind => Words.Write(kind) == call.Path(NoticeRoutes.Kind)).ToList();
        if (kinds is not [var kind])
            return Answer.Refused(Refusals.NotFound("kind of notice"));
        if (FindProblems(call.Body, kind) is { Count: > 0 } problems)
            return Answer.Refused(Refusals.ValidationFailed(problems));
        return await writes.RunAsync(call, (connection, context) => ChangeAsync(connection, call, kind, context));
    }

    private async ValueTask<Answer> ChangeAsync(
        NpgsqlConnection connection,
        Call call,
        NoticeKind kind,
        ActionContext context
    )
    {
        var own = call.Body.Get(Text) is { } text ? new NoticeTemplate(call.Body.Get(Subject)!, text) : null;
        var rule = new NoticeRule(kind, call.Body.Get(IsOn), own);
        if (call.Body.Get(Days) is { } days)
            rule = rule with { Days = days };
        await using var batch = new NpgsqlBatch(connection);
        if (rule.Days is not null)
        {
            // The lock of the organisation orders changes of what its loans follow.
            var organisationId = call.Caller.OrganisationId;
            await OrganisationStore.FindDayRulesAsync(connection, organisationId, forUpdate: true, call.Cancellation);
            var rules = await NoticeRuleStore.ListAsync(connection, organisationId, call.Cancellation);
            var before = rules.Single(one => one.Kind == kind);
            if (rule.IsOn != before.IsOn || rule.IsOn && !rule.Days.SequenceEqual(before.Days!))
                OrganisationStore.AddChangedRulesTo(batch, organisationId);
        }

        NoticeRuleStore.AddTo(batch, call.Caller.OrganisationId, rule);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    call.Caller.OrganisationId,
                    call.Caller.OrganisationId.AsSubject,
                    context,
                    new(
                        ids.Next<AuditEntryId>(),
                        "NOTICE_RULE_CHANGED",
                        JsonSerializer.Serialize(NoticeRuleView.Of(rule), Wire.Options)
                    )
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(NoticeRuleView.Of(rule));
    }

    private static List<FieldError> FindProblems(FieldValues body, NoticeKind kind)
    {
        var (subject, text) = (body.Get(Subject), body.Get(Text));
        if (subject is null != text is null)
        {
            var missing = subject is null ? Subject.Name : Text.Name;
            return [new(missing, "is required, because subject and text belong together.")];
        }

        if (FindProblemOfDays(body.Get(Days), kind) is { } problem)
            return [new(Days.Name, problem)];
        var known = string.Join(", ", NoticeTemplate.PlaceholdersOf(kind).Select(name => $"{{{name}}}"));
        return
        [
            .. new[] { (Subject.Name, Value: subject), (Text.Name, Value: text) }
                .Where(field => field.Value is not null)
                .SelectMany(
                    field => NoticeTemplate.UnknownIn(field.Value!, kind),
                    (field, name) => new FieldError(field.Name, $"has no placeholder {{{name}}}. There are {known}.")
                ),
        ];
    }

    private static string? FindProblemOfDays(IReadOnlyList<int>? days, NoticeKind kind)
    {
        if (days is null)
            return null;
        if (kind is not (NoticeKind.DueSoon or NoticeKind.Overdue))
            return "must be absent: only DUE_SOON and OVERDUE have days.";
        return days.Count == 0 || days.Zip(days.Skip(1)).Any(pair => pair.First >= pair.Second)
            ? "must be at least one day, in ascending order, each once."
            : null;
    }
}
