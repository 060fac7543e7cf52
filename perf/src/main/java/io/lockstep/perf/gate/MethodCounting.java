package io.lockstep.perf.gate;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts a call to {@link Executed#add} at the end of each straight run of instructions, with how many there were. Where an exception
 * leaves such a run early, it does not count.
 */
final class MethodCounting extends MethodVisitor
{
    private static final String EXECUTED = Type.getInternalName(Executed.class);

    private int run;

    MethodCounting(final MethodVisitor next)
    {
        super(Opcodes.ASM9, next);
    }

    private void endRun()
    {
        if (run > 0)
        {
            mv.visitLdcInsn(run);
            mv.visitMethodInsn(Opcodes.INVOKESTATIC, EXECUTED, "add", "(I)V", false);
            run = 0;
        }
    }

    @Override
    public void visitInsn(final int opcode)
    {
        run++;
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW)
        {
            endRun();
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitJumpInsn(final int opcode, final Label label)
    {
        run++;
        endRun();
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLabel(final Label label)
    {
        endRun();
        super.visitLabel(label);
    }

    @Override
    public void visitTableSwitchInsn(final int min, final int max, final Label other, final Label... labels)
    {
        run++;
        endRun();
        super.visitTableSwitchInsn(min, max, other, labels);
    }

    @Override
    public void visitLookupSwitchInsn(final Label other, final int[] keys, final Label[] labels)
    {
        run++;
        endRun();
        super.visitLookupSwitchInsn(other, keys, labels);
    }

    @Override
    public void visitIntInsn(final int opcode, final int operand)
    {
        run++;
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(final int opcode, final int variable)
    {
        run++;
        super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitTypeInsn(final int opcode, final String type)
    {
        run++;
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(final int opcode, final String owner, final String name, final String descriptor)
    {
        run++;
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        final int opcode, final String owner, final String name, final String descriptor, final boolean isInterface)
    {
        run++;
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        final String name, final String descriptor, final Handle bootstrap, final Object... arguments)
    {
        run++;
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitLdcInsn(final Object value)
    {
        run++;
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(final int variable, final int increment)
    {
        run++;
        super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitMultiANewArrayInsn(final String descriptor, final int dimensions)
    {
        run++;
        super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitMaxs(final int maxStack, final int maxLocals)
    {
        endRun();
        super.visitMaxs(maxStack + 1, maxLocals);
    }
}
