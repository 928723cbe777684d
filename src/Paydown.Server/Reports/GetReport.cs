using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Reports;

/// <summary>Reads a report: as JSON in the envelope, or as a file for spreadsheets.</summary>
public sealed class GetReport(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    private const int ProductMax = 100;

    private static readonly Field<DateOnly?> AsOf = Field
        .Date("asOf", "The day to show. Absent: today.")
        .Optional()
        .NotInExamples();

    private static readonly Field<DateOnly?> From = Field
        .Date("from", "The first day of the period. Absent: the first of its last month.")
        .Optional()
        .NotInExamples();

    private static readonly Field<DateOnly?> To = Field
        .Date("to", "The last day of the period. Absent: today.")
        .Optional()
        .NotInExamples();

    private static readonly Field<string?> Product = Field
        .Text("product", "Only loans of the product with this name.", 1, ProductMax)
        .Optional()
        .NotInExamples();

    private static readonly Field<LedgerAccount?> Account = Field
        .OneOf("account", "The account of the ledger.", Enum.GetValues<LedgerAccount>())
        .Optional()
        .NotInExamples();

    private static readonly Field<LoanId?> AccountId = Field
        .Id<LoanId>("accountId", "The loan account.")
        .Optional()
        .NotInExamples();

    private static readonly Field<ReportKnowledge> Known = Field
        .OneOf<ReportKnowledge>(
            "known",
            "NOW: by value date, with all that is known. THEN: as recorded by the last day."
        )
        .Or(ReportKnowledge.Now);

    private static readonly Field<string> Format = Field
        .OneOf("format", "json, or a file: csv or xlsx.", "json", "csv", "xlsx")
        .Or("json");

    public static Contract Contract { get; } =
        new Contract("Read a report")
            .Takes(AsOf, From, To, Product, Account, AccountId, Known, Format)
            .Returns<ReportView>()
            .Refuses(
                Refusals.NotFound("report"),
                Refusals.ValidationFailed(),
                Refusals.NotFound("loan"),
                Refusals.Forbidden("Only managers may read this report.")
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        if (ReportCatalogue.Find(call.Path(ReportRoutes.Name)) is not { } report)
            return Answer.Refused(Refusals.NotFound("report"));
        if (!ReportRoutes.MayRead(call.Caller, report))
            return Answer.Refused(Refusals.Forbidden("Only managers may read this report."));
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var request = ReportRequest.Of(report, ChoiceOf(call.Query), organisation, organisation.Today(time));
        if (request.IsRefused)
            return Answer.Refused(request.Refusal);
        var opened = await ReportRun.OpenAsync(database, report, request.Value, organisation, time, call.Cancellation);
        if (opened.IsRefused)
            return Answer.Refused(opened.Refusal);
        var run = opened.Value;
        call.Http.Response.RegisterForDisposeAsync(run);
        return call.Query.Get(Format) switch
        {
            "csv" => Answer.File(
                "text/csv; charset=utf-8",
                run.Head.FileName("csv"),
                (body, aborted) => WriteAsync(run, new CsvReportWriter(body.AsStream(leaveOpen: true)), aborted)
            ),
            "xlsx" => Answer.File(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                run.Head.FileName("xlsx"),
                (body, aborted) => WriteAsync(run, new XlsxReportWriter(body.AsStream(leaveOpen: true)), aborted)
            ),
            _ => Answer.Streamed(
                (body, aborted) => WriteAsync(run, new JsonReportWriter(body, isEnveloped: true), aborted)
            ),
        };
    }

    private static ReportChoice ChoiceOf(FieldValues query) =>
        new()
        {
            AsOf = query.Get(AsOf),
            From = query.Get(From),
            To = query.Get(To),
            Product = query.Get(Product),
            Account = query.Get(Account),
            AccountId = query.Get(AccountId),
            Known = query.Get(Known),
        };

    private static async Task WriteAsync(ReportRun run, ReportWriter writer, CancellationToken aborted)
    {
        await using var written = writer;
        await run.WriteToAsync(writer, aborted);
    }
}
