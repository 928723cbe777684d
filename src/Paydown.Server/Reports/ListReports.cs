using Paydown.Server.Platform.Http;

namespace Paydown.Server.Reports;

/// <summary>Lists the reports with their definitions, parameters and columns.</summary>
public sealed class ListReports : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the reports").Returns<IReadOnlyList<ReportDescription>>();

    public ValueTask<Answer> HandleAsync(Call call) =>
        ValueTask.FromResult(
            Answer.Success(
                ReportCatalogue
                    .All.Where(report => ReportRoutes.MayRead(call.Caller, report))
                    .Select(ReportDescription.Of)
                    .ToList()
            )
        );
}
