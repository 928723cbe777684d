using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Notices;

/// <summary>A manager switches a kind of notice on or off, or words it. A wrong placeholder is refused.</summary>
public sealed class ChangeNoticeRule(SingleWrites writes, Ids ids) : IUseCase
{
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

    public static Contract Contract { get; } =
        new Contract("Switch a kind of notice on or off, or word it")
            .Reads(IsOn, Subject, Text)
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
        await using var batch = new NpgsqlBatch(connection);
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
}
