using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>An application for a product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Questions">The questions that decide whether the borrower can have it.</param>
/// <param name="Profile">What is known of the borrower.</param>
/// <param name="Accounts">The borrower's bank accounts.</param>
public sealed record ApplyModel(
    ProductOffer Product,
    IReadOnlyList<QuestionAsked> Questions,
    CustomerProfile Profile,
    IReadOnlyList<BankAccount> Accounts
);

/// <summary>Lets a borrower apply for a loan.</summary>
internal static class ApplyPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("productId");
        var questions = call.Api.Products.GetQuestionsAskedAsync(id, call.Cancelled);
        var profile = call.Api.Customers.GetOwnAsync(call.SignedIn.Id, call.Cancelled);
        var accounts = call.Api.BankAccounts.GetAllAsync(call.SignedIn.Id, call.Cancelled);
        var product = await FindAsync(call, id);
        var model = new ApplyModel(product, await questions, await profile, await accounts);
        return PageAnswer.Show<ApplyView, ApplyModel>($"Apply: {product.Name}", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var id = call.Id("productId");
        var product = await FindAsync(call, id);
        var profile = await call.Api.Customers.GetOwnAsync(call.SignedIn.Id, call.Cancelled);
        var account = await FindAccountAsync(call);
        var application = new NewApplication
        {
            LoanProductId = id,
            CurrencyCode = product.CurrencyCode,
            LoanAmount = form.Amount("loanAmount"),
            LoanDuration = form.Whole("loanDuration"),
            LoanRepaymentMethodEnum =
                product.RepaymentMethods.Count > 0 ? product.RepaymentMethods[0] : RepaymentMethod.BankTransfer,
            FirstDueDate = form.DayOrNull("firstDueDate"),
            EmploymentStatus = form.Word<EmploymentStatus>("employmentStatus"),
            MonthlyIncome = form.Amount("monthlyIncome"),
            Bvn = form.Required("bvn", "Enter your bank verification number."),
            DateOfBirth = form.Day("dateOfBirth"),
            PhoneNumber = form.Required("phoneNumber", "Enter your phone number."),
            FirstName = profile.FirstName,
            LastName = profile.LastName,
            AccountNumber = account?.AccountNumber ?? "",
            BankCode = account?.BankCode ?? "",
            EligibilityAnswers = await AnswersAsync(call, id),
        };
        form.ThrowIfWrong();
        var made = await call.Api.Applications.RequestAsync(application, form.Key, call.Cancelled);
        return PageAnswer.Go($"/applications/{made.LoanDetails.LoanApplicationId}");
    }

    private static async Task<ProductOffer> FindAsync(PageCall call, Guid id) =>
        (await call.Api.Products.GetOpenAsync(call.Cancelled)).FirstOrDefault(one => one.Id == id)
        ?? throw new PageMissingException();

    private static async Task<BankAccount?> FindAccountAsync(PageCall call)
    {
        var chosen = call.Form.Chosen("accountNumber");
        var accounts = await call.Api.BankAccounts.GetAllAsync(call.SignedIn.Id, call.Cancelled);
        return accounts.FirstOrDefault(one => one.AccountId == chosen);
    }

    private static async Task<IReadOnlyList<GivenAnswer>> AnswersAsync(PageCall call, Guid productId)
    {
        var answers = new List<GivenAnswer>();
        foreach (var question in await call.Api.Products.GetQuestionsAskedAsync(productId, call.Cancelled))
        {
            var name = $"question-{question.QuestionId}";
            if (call.Form.TextOrNull(name) is { } answer)
                answers.Add(new() { QuestionId = question.QuestionId, Answer = answer });
            else if (question.Required)
                call.Form.Refuse(name, "Answer this question.");
        }

        return answers;
    }
}
