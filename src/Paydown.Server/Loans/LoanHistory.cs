using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>Lists all loans of a customer, whatever became of them, newest first.</summary>
public sealed class LoanHistory(CustomerLoansReading reading)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var read = await reading.ReadAsync(call, call.PathId("customerId"));
        if (read.IsRefused) return Answer.Refused(read.Refusal);
        var (customer, organisation, today, files) = read.Value;
        var paging = Paging.Of(call);
        var loans = paging.Of(files)
            .Select(file => LoanView.Of(file, file.Replay(today), customer, organisation))
            .ToList();
        return Answer.Success(loans, page: paging.ToPage(files.Count));
    }
}
